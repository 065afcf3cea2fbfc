"""What publishing a plan does: requests, what calendars are told, what changes for people, what is unsettled since."""
