-- Posts one complete answer to each of many open invitations, every link once, in random order.
-- Arguments: the file of links' paths (one a line), the number of threads.
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init(args)
    local all = tonumber(args[2])
    paths, position = {}, 0
    local line_number = 0
    for line in io.lines(args[1]) do
        if line_number % all == number then paths[#paths + 1] = line end
        line_number = line_number + 1
    end
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.body = "lang=en&survey=1&nps=9&csat=5&ces=2&resolved=yes&comment=Friendly+and+quick."
end

function request()
    position = position % #paths + 1
    return wrk.format(nil, paths[position])
end
