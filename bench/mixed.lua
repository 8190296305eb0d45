-- Nineteen readings to one comment. Words: site, key, share of comments in percent, seed.
local site, key, share, posted = "", "", 5, 0
local hex = "0123456789abcdef"

local function token(length)
  local made = {}
  for place = 1, length do
    local at = math.random(16)
    made[place] = hex:sub(at, at)
  end
  return table.concat(made)
end

function setup(thread)
  running = thread
end

function init(words)
  site, key, share = words[1], words[2], tonumber(words[3])
  math.randomseed(tonumber(words[4]))
  reading = wrk.format("GET", "/threads/" .. site .. "/window?key=" .. key, { ["Accept-Encoding"] = "br" })
  counted = 0
end

function request()
  if math.random(100) > share then
    return reading
  end
  counted = counted + 1
  local headers = {
    ["Accept"] = "application/json",
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Sec-Fetch-Site"] = "same-origin",
    ["Idempotency-Key"] = token(32),
    ["Cookie"] = string.format("rejoinder-guest=regular-of-the-bench-%06d", math.random(0, 4999)),
    ["X-Forwarded-For"] = string.format("10.%d.%d.%d", math.random(0, 255), math.random(0, 255), math.random(1, 254)),
  }
  local body = "key=" .. key .. "&name=Reader+of+the+load&body=A+thought+among+many+readers+and+few+writers+" .. token(12)
  return wrk.format("POST", "/threads/" .. site .. "/comments", headers, body)
end

function done(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format(
    'SUMMARY {"requests": %d, "duration": %d, "bytes": %d, "bad": %d, "broken": %d, "p50": %d, "p99": %d, "max": %d, "posted": %d}\n',
    summary.requests, summary.duration, summary.bytes, failed.status,
    failed.connect + failed.read + failed.write + failed.timeout,
    latency:percentile(50), latency:percentile(99), latency.max, running:get("counted")))
end
