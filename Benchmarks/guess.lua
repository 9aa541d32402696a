-- Tries a common password on one account after another, as fast as the server answers; with "many networks" each from another.
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init(args)
    isFromMany = args[1] == "many networks"
    count = 0
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.headers["Origin"] = wrk.scheme .. "://" .. wrk.host .. ":" .. wrk.port
end

function request()
    count = count + 1
    if isFromMany then
        wrk.headers["X-Forwarded-For"] = string.format("10.%d.%d.%d", number, math.floor(count / 250) % 250, count % 250)
    end
    return wrk.format(nil, nil, nil, "email=somebody" .. number .. "x" .. count .. "%40example.test&password=correct+horse+battery+staple")
end
