"""What every other package rests on: settings, database, extensions, errors. It asks nothing of features."""
