"""Activities: series that come to every community at regular intervals, and events of a few days."""
