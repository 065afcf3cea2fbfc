"""A plan as an Excel workbook: what is held where, when and by whom, and what is to be paid for it."""
