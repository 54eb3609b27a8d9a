"""Reports: one document of blocks, answered once, written as XLSX, DOCX, PDF, PPTX, CSV and JSON.

A definition in `definitions/` returns blocks; `resolve` answers them from a `Source` into a `Document` of
numbers and words; a renderer writes that document and counts nothing. `verify` reads a written file back.
"""
