-- Sends one request for each of many links, in the file's order. Arguments: the file of links' paths (one a line), the number
-- of threads, and "answer" to post a complete answer instead of reading the page.
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
    if args[3] == "answer" then
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
        wrk.body = "lang=en&survey=1&nps=9&csat=5&ces=2&resolved=yes&comment=Friendly+and+quick."
    end
    -- Everything but the path is the same in every request, and put together once.
    before, after = wrk.format(nil, "/PATH"):match("^(.-)/PATH(.*)$")
end

function request()
    position = position % #paths + 1
    return before .. paths[position] .. after
end
