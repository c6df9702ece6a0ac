package io.parley.gateway.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.parley.gateway.idempotency.IdempotencyKey;
import io.parley.kernel.Problem.Fault;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An answer that is an error: what HTTP itself refuses, and what problems look like in HTTP. */
public final class HttpError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Fault> faults;
    private final transient Map<String, String> headers;

    HttpError(int status, String detail, List<Fault> faults, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.faults = faults;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    List<Fault> faults() {
        return faults;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** After this nothing more on the connection can be trusted to be a request. */
    static HttpError malformed(String detail) {
        return new HttpError(400, detail, List.of(), Map.of("Connection", "close"));
    }

    /** What cannot be read as a request at all. */
    public static HttpError unreadable(Throwable cause) {
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        return new HttpError(
                status, "This is not a request that can be read.", List.of(), Map.of("Connection", "close"));
    }

    /** No token at all (RFC 6750, 3: no error code then). */
    public static HttpError tokenMissing() {
        return new HttpError(401, "An access token is required.", List.of(), challenge(""));
    }

    public static HttpError tokenInvalid(String detail) {
        return new HttpError(401, detail, List.of(), challenge(", error=\"invalid_token\""));
    }

    static Map<String, String> challenge(String error) {
        return Map.of("WWW-Authenticate", "Bearer realm=\"parley\"" + error);
    }

    public static HttpError noSuchPath() {
        return new HttpError(404, "There is nothing at this path.", List.of(), Map.of());
    }

    public static HttpError noSuchMethod(String allowed) {
        return new HttpError(405, "This path takes " + allowed + ".", List.of(), Map.of("Allow", allowed));
    }

    static HttpError tooSlow() {
        return new HttpError(408, "The request did not arrive in time.", List.of(), Map.of("Connection", "close"));
    }

    /** The same request has come before and is not answered yet. */
    public static HttpError underWay() {
        return new HttpError(
                409,
                "The same request is still being worked on. Send it again later.",
                List.of(new Fault(IdempotencyKey.HEADER, "The same request is still being worked on.")),
                Map.of("Retry-After", Problems.RETRY_AFTER_SECONDS));
    }

    static HttpError tooLarge(int limit) {
        return new HttpError(413, "The body must not be larger than " + limit + " bytes.", List.of(), Map.of());
    }

    static HttpError endless(int limit) {
        return new HttpError(
                413, "The body must not be larger than " + limit + " bytes.", List.of(), Map.of("Connection", "close"));
    }

    public static HttpError tooMany(int streams) {
        return new HttpError(
                429,
                "There are " + streams + " streams of yours already. End one of them.",
                List.of(),
                Map.of("Retry-After", Problems.RETRY_AFTER_SECONDS));
    }

    public static HttpError packed() {
        return new HttpError(415, "The body must not be compressed.", List.of(), Map.of("Accept-Encoding", "identity"));
    }

    public static HttpError unsupportedMediaType(Collection<String> supported) {
        return new HttpError(
                415, "The body must be " + String.join(" or ", supported) + " in UTF-8.", List.of(), Map.of());
    }
}
