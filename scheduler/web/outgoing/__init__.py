"""What is done with every answer before it leaves: compression, headers, files that never change."""
