"""What comes in from anybody: requests that are refused with a sentence before a page sees them."""
