"""Sources of demand: past learners, waiting lists, surveys and interest lists, and the demand worked out from them."""
