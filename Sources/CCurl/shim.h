// libcurl for Swift, which imports neither functions with a variable number of arguments nor macros with a cast:
// each kind of option gets a function here, and each such constant a name.
#pragma once

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>

static inline CURLcode set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

// For text, which libcurl copies, and for memory, which it does not.
static inline CURLcode set_pointer(CURL *handle, CURLoption option, const void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode set_reader(CURL *handle, curl_read_callback function) {
    return curl_easy_setopt(handle, CURLOPT_READFUNCTION, function);
}

static inline CURLcode set_writer(CURL *handle, CURLoption option, curl_write_callback function) {
    return curl_easy_setopt(handle, option, function);
}

static inline CURLcode set_debugger(CURL *handle, curl_debug_callback function) {
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, function);
}

static inline CURLcode set_progress(CURL *handle, curl_xferinfo_callback function) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, function);
}

static inline CURLcode set_socket_opener(CURL *handle, curl_opensocket_callback function) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, function);
}

static inline long get_number(CURL *handle, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

static inline curl_off_t get_size(CURL *handle, CURLINFO info) {
    curl_off_t value = 0;
    return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

static inline curl_socket_t get_socket(CURL *handle) {
    curl_socket_t value = CURL_SOCKET_BAD;
    return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &value) == CURLE_OK ? value : CURL_SOCKET_BAD;
}

static inline long auth_basic(void) { return (long)CURLAUTH_BASIC; }
static inline long init_everything(void) { return CURL_GLOBAL_DEFAULT; }
static inline unsigned int header_of_reply(void) { return CURLH_HEADER; }

// The bytes of an IP address in network order; none for another kind of address.
static inline const void *address_bytes(const struct curl_sockaddr *address, size_t *count) {
    switch (address->family) {
    case AF_INET:
        *count = 4;
        return &((const struct sockaddr_in *)(const void *)&address->addr)->sin_addr;
    case AF_INET6:
        *count = 16;
        return &((const struct sockaddr_in6 *)(const void *)&address->addr)->sin6_addr;
    default:
        *count = 0;
        return 0;
    }
}

// A socket that programs started by this one do not inherit.
static inline curl_socket_t open_socket(const struct curl_sockaddr *address) {
#ifdef SOCK_CLOEXEC
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
    return socket(address->family, address->socktype, address->protocol);
#endif
}

// Ends what the other side may still send on a socket.
static inline void stop_reading(curl_socket_t socket) { shutdown(socket, SHUT_RD); }

// Keeps SIGPIPE, which would end the program, from being raised by writes of this thread.
static inline void block_broken_pipe_signal(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, 0);
}
