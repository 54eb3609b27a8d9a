SELECT date_trunc('month', as_of) AS period, sum(rows_duplicate + rows_replaced) AS numerator, sum(rows_read) AS denominator
FROM load_batch
WHERE as_of BETWEEN $first AND $as_of
GROUP BY ALL
