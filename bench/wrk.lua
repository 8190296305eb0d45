-- What wrk counted, as one line of JSON. Latencies in microseconds, duration too.
function done(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format(
    'SUMMARY {"requests": %d, "duration": %d, "bytes": %d, "bad": %d, "broken": %d, "p50": %d, "p99": %d, "max": %d}\n',
    summary.requests, summary.duration, summary.bytes, failed.status,
    failed.connect + failed.read + failed.write + failed.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
