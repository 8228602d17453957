#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <microhttpd.h>

/* MHD_start_daemon takes a variable number of arguments, which Swift cannot call. One polling thread of its own, by
 * poll(2): select(2) refuses descriptors beyond 1023, which a daemon with many sources has. */
static inline struct MHD_Daemon *ww_mhd_start(const struct sockaddr *address, int is_v6, unsigned int connections,
                                              unsigned int connections_per_address, unsigned int idle_seconds,
                                              size_t head_bytes, MHD_AccessHandlerCallback handler,
                                              MHD_RequestCompletedCallback completed, void *context) {
    unsigned int flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (is_v6 ? MHD_USE_IPv6 : 0);
    return MHD_start_daemon(flags, 0, NULL, NULL, handler, context, MHD_OPTION_SOCK_ADDR, address,
                            MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
                            connections_per_address, MHD_OPTION_CONNECTION_TIMEOUT, idle_seconds,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, head_bytes, MHD_OPTION_STRICT_FOR_CLIENT, 1,
                            MHD_OPTION_NOTIFY_COMPLETED, completed, context, MHD_OPTION_END);
}

/* The port in use, when the system chose it; 0 when it is not known. */
static inline unsigned int ww_mhd_port(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

/* Writes the client's numeric address; returns 0 when there is none. `size` is at least INET6_ADDRSTRLEN. */
static inline int ww_mhd_peer(struct MHD_Connection *connection, char *text, unsigned int size) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr) return 0;
    const struct sockaddr *address = info->client_addr;
    if (address->sa_family == AF_INET)
        return inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, size) != NULL;
    if (address->sa_family == AF_INET6)
        return inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, text, size) != NULL;
    return 0;
}
