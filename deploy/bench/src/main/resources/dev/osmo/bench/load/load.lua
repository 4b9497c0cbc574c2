-- The load of one round. The file OSMO_BENCH_REQUESTS has one request a line: METHOD PATH, a tab, the headers as
-- NAME: VALUE separated by a bar, a tab, the body. {n} in a path becomes a text that no other request has. Every thread
-- starts at another line and repeats the file.
local thread_number = 0
local begin = os.time()
function setup(thread)
  thread:set("offset", thread_number)
  thread_number = thread_number + 1
end

local requests = {}
local numbered = false
local next_request = 0
function init(arguments)
  for line in io.lines(os.getenv("OSMO_BENCH_REQUESTS")) do
    local method, path, head, body = line:match("^(%S+) (%S+)\t([^\t]*)\t(.*)$")
    local headers = {}
    for name, value in head:gmatch("([^:|]+): ([^|]*)") do
      headers[name] = value
    end
    numbered = numbered or path:find("{n}", 1, true) ~= nil
    table.insert(requests, wrk.format(method, path, headers, body ~= "" and body or nil))
  end
  next_request = offset * 97
end

function request()
  next_request = next_request + 1
  local text = requests[next_request % #requests + 1]
  if numbered then
    text = text:gsub("{n}", string.format("%d-%d-%d", begin, offset, next_request), 1)
  end
  return text
end

-- Latencies in microseconds.
function done(summary, latency, requests)
  io.write(string.format(
    '{"requests":%d,"micros":%d,"statusErrors":%d,"socketErrors":%d,"p50":%d,"p90":%d,"p99":%d,"max":%d}\n',
    summary.requests, summary.duration, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(90), latency:percentile(99), latency.max))
end
