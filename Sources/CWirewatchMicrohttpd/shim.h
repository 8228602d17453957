#include <sys/socket.h>
#include <microhttpd.h>

/* MHD_start_daemon takes a variable number of arguments, which Swift cannot call. One polling thread of its own. */
static inline struct MHD_Daemon *ww_mhd_start(const struct sockaddr *address, int is_v6, unsigned int connections,
                                              unsigned int timeout_seconds, size_t connection_bytes,
                                              MHD_AccessHandlerCallback handler, void *context) {
    unsigned int flags = MHD_USE_INTERNAL_POLLING_THREAD | (is_v6 ? MHD_USE_IPv6 : 0);
    return MHD_start_daemon(flags, 0, NULL, NULL, handler, context, MHD_OPTION_SOCK_ADDR, address,
                            MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_TIMEOUT, timeout_seconds,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_bytes, MHD_OPTION_END);
}

/* The port in use, when the system chose it; 0 when it is not known. */
static inline unsigned int ww_mhd_port(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}
