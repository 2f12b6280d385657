# Every counter of a usage log, summed by model. Run with -n: the log is read line by line.
reduce inputs as {$model, $usage} ({};
  .[$model] |= {
    requests: (.requests + 1),
    input: (.input + $usage.prompt_tokens),
    cache_read: (.cache_read + $usage.prompt_tokens_details.cached_tokens),
    output: (.output + $usage.completion_tokens),
    reasoning: (.reasoning + $usage.completion_tokens_details.reasoning_tokens),
    total: (.total + $usage.total_tokens)
  })
