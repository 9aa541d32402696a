-- Reads the pages of many open invitations in turn. Arguments as for answers.lua.
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
end

function request()
    position = position % #paths + 1
    return wrk.format(nil, paths[position])
end
