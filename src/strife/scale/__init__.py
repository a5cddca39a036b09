"""A stack of reports too large for one case file: read by many processes or machines into a Parquet dataset, shard by shard."""
