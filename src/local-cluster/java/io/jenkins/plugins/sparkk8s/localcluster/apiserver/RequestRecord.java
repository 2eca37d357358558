package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

/**
 * A request the server answered.
 *
 * @param method the HTTP method
 * @param path the path without the query
 * @param query the query as sent, empty when there was none
 * @param user who sent it
 * @param code the HTTP status it got; 101 for a watch over a WebSocket, 0 for a connection that was cut or stalled
 */
public record RequestRecord(String method, String path, String query, String user, int code) {}
