package io.parley.gateway.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.parley.kernel.Problem.Fault;
import io.parley.kernel.access.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An error of HTTP itself, in the form in which all errors are answered. */
public final class HttpError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public static final String RETRY_AFTER_SECONDS = "1";

    /** How a challenge begins; what else there is to say follows after a comma. */
    public static final String CHALLENGE = "Bearer realm=\"parley\"";

    /** The type of a problem that its status says enough about (RFC 9457, 4.2.1). */
    static final String UNTYPED = "about:blank";

    static final String CONNECTION = "Connection";

    private static final Map<String, String> CLOSE = Map.of(CONNECTION, "close");

    private static final String BROKEN_BODY = "The request body is incomplete or its chunks are malformed.";

    private final String type;
    private final int status;
    private final transient List<Fault> faults;
    private final transient Map<String, String> headers;
    private final transient Map<String, Object> members;

    HttpError(
            String type,
            int status,
            String detail,
            List<Fault> faults,
            Map<String, String> headers,
            Map<String, Object> members) {
        super(detail, null, false, false);
        this.type = type;
        this.status = status;
        this.faults = faults;
        this.headers = headers;
        this.members = members;
    }

    private HttpError(int status, String detail, List<Fault> faults, Map<String, String> headers) {
        this(UNTYPED, status, detail, faults, headers, Map.of());
    }

    private HttpError(int status, String detail, Map<String, String> headers) {
        this(status, detail, List.of(), headers);
    }

    /** The URI of the kind of problem (RFC 9457, 3.1.1). */
    public String type() {
        return type;
    }

    public int status() {
        return status;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Fault> faults() {
        return faults;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** Extension members of the problem, for programs (RFC 9457, 3.2). */
    public Map<String, Object> members() {
        return members;
    }

    /** Whether nothing that follows on the connection may be read as a request. */
    boolean closesConnection() {
        return headers.containsKey(CONNECTION);
    }

    /** A request that two readers could understand differently. Closes the connection. */
    static HttpError malformed(String detail) {
        return new HttpError(400, detail, CLOSE);
    }

    static HttpError brokenBody() {
        return malformed(BROKEN_BODY);
    }

    /** Whether the body is not what the request has announced. */
    boolean isBrokenBody() {
        return detail().equals(BROKEN_BODY);
    }

    /** What the decoder could not read as a request at all. Closes the connection. */
    public static HttpError unreadable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) return targetTooLong();
        if (cause instanceof TooLongHttpHeaderException)
            return new HttpError(431, "The request headers are too large.", CLOSE);
        return malformed("Malformed HTTP request.");
    }

    static HttpError targetTooLong() {
        return new HttpError(414, "The request line is too long.", CLOSE);
    }

    /** The request has no token; such an answer has no error code (RFC 6750, 3). */
    public static HttpError tokenMissing() {
        return new HttpError(
                401, "An access token is required. Send it as \"Authorization: Bearer …\".", challenge(""));
    }

    public static HttpError tokenInvalid(String detail) {
        return new HttpError(401, detail, challenge(", error=\"invalid_token\""));
    }

    /**
     * The token does not permit the request (RFC 6750, 3.1).
     *
     * @param needed all that the request needs
     */
    public static HttpError insufficientScope(Collection<Scope> needed) {
        var scopes = Scope.list(needed);
        return new HttpError(
                403,
                "This needs a token with the scopes: " + scopes + ".",
                challenge(", error=\"insufficient_scope\", scope=\"" + scopes + '"'));
    }

    /** No token but a session's permits the request, whatever its scopes. */
    public static HttpError sessionNeeded() {
        return new HttpError(403, "This needs a session: sign in, personal tokens are not enough.", Map.of());
    }

    static Map<String, String> challenge(String error) {
        return Map.of("WWW-Authenticate", CHALLENGE + error);
    }

    /**
     * The password is right, and the account asks for a second factor.
     *
     * @param members of the problem
     */
    public static HttpError secondFactorRequired(Map<String, Object> members) {
        return new HttpError(
                UNTYPED,
                403,
                "This account asks for a second factor. Send its code with the mfa_token.",
                List.of(),
                Map.of(),
                members);
    }

    /** See {@link io.parley.gateway.origin.AllowedHosts}. */
    public static HttpError foreignHost() {
        return new HttpError(403, "This server does not answer for the host that the request names.", Map.of());
    }

    /** See {@link io.parley.gateway.origin.PageOrigins}. */
    public static HttpError foreignOrigin() {
        return new HttpError(403, "Pages of this origin may not use this server.", Map.of());
    }

    public static HttpError notAcceptable() {
        return new HttpError(406, "The answer is JSON, which the header Accept does not name.", Map.of());
    }

    /** An error of another kind of API, which only its status and its headers share with others. */
    public static HttpError of(int status, String detail, Map<String, String> headers) {
        return new HttpError(status, detail, headers);
    }

    /** The request may come from a page of somebody else, who would use the user's cookie. */
    public static HttpError foreignPage() {
        return new HttpError(403, "Only the web app of this server may use this path.", Map.of());
    }

    public static HttpError noSuchPath() {
        return new HttpError(404, "There is nothing at this path.", Map.of());
    }

    public static HttpError methodNotAllowed(String allowed) {
        return new HttpError(405, "This path supports " + allowed + ".", Map.of("Allow", allowed));
    }

    static HttpError tooSlow() {
        return new HttpError(408, "The request did not arrive in time.", CLOSE);
    }

    /** What the body would become, unpacked or in memory, is too large. */
    public static HttpError tooLarge(String detail) {
        return new HttpError(413, detail, Map.of());
    }

    /** @param members of the problem */
    public static HttpError tooLarge(String detail, Map<String, Object> members) {
        return new HttpError(UNTYPED, 413, detail, List.of(), Map.of(), members);
    }

    static HttpError tooLarge(int limit) {
        return tooLarge(tooLargeDetail(limit));
    }

    /** So large that even reading it to its end would cost too much. Closes the connection. */
    static HttpError tooLargeToDiscard(int limit) {
        return new HttpError(413, tooLargeDetail(limit), CLOSE);
    }

    private static String tooLargeDetail(int limit) {
        return "The body must not be larger than " + limit + " bytes.";
    }

    public static HttpError compressed() {
        return new HttpError(415, "The body must not be compressed.", Map.of("Accept-Encoding", "identity"));
    }

    public static HttpError unsupportedMediaType(Collection<String> supported) {
        var encoding = supported.contains(MediaTypes.JSON) ? " in UTF-8." : ".";
        return new HttpError(415, "The body must be " + String.join(" or ", supported) + encoding, Map.of());
    }

    /** An error that goes away by itself: the same request may succeed later. */
    public static HttpError retryLater(int status, String detail, Fault... faults) {
        return new HttpError(status, detail, List.of(faults), Map.of("Retry-After", RETRY_AFTER_SECONDS));
    }
}
