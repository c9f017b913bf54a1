"""Tables and files counted by the columns of a tally: pandas counts tables, DuckDB files, and Dask shares files out."""
