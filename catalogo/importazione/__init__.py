"""Services from a file of servizi.json's form into the catalogue.

`lettura` reads the file, `riga` judges one row, `pagina` says what its sheet contains, `scrittura` writes it,
`storia` remembers what an import wrote so that a later one respects editors, `resoconto` says how it went.
"""
