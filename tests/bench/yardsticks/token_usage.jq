# What the details of each model add up to.
.after | map_values(.per_request_details | reduce .[] as $detail ({};
  {
    requests: (.requests + 1),
    input: (.input + $detail.input_tokens),
    output: (.output + $detail.output_tokens),
    reasoning: (.reasoning + $detail.reasoning_tokens),
    total: (.total + $detail.total_tokens)
  }))
