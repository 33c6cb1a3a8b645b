-- A script for wrk: posts the callback in the file named behind "--", each time of another job, as load.py does.

local PLACE = "j" .. string.rep("0", 32) -- of the job's id
local JOB_ID = "<JobId>[^<]+"
local before, after
local number = 0

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  wrk.method = "POST"
  wrk.headers["User-Agent"] = "Go-http-client/1.1"
  wrk.headers["Content-Type"] = "application/xml"
  wrk.headers["Accept-Encoding"] = "gzip"
  wrk.body = file:read("*a"):gsub(JOB_ID, "<JobId>" .. PLACE, 1)
  file:close()
  local request = wrk.format()
  local first, last = request:find(PLACE, 1, true)
  before, after = request:sub(1, first - 1), request:sub(last + 1)
end

function request()
  number = number + 1
  return before .. string.format("j%032x", number) .. after
end
