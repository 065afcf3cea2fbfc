"""The audit trail as people read it: what an entry is about by its name, and the whole as a workbook."""
