package io.parley.gateway;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.parley.kernel.Problem.Fault;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An answer that is an error: what HTTP itself refuses, and what problems look like in HTTP. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Fault> faults;
    private final transient Map<String, String> headers;

    Refusal(int status, String detail, List<Fault> faults, Map<String, String> headers) {
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
    static Refusal malformed(String detail) {
        return new Refusal(400, detail, List.of(), Map.of("Connection", "close"));
    }

    /** What cannot be read as a request at all. */
    static Refusal unreadable(Throwable cause) {
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        return new Refusal(status, "This is not a request that can be read.", List.of(), Map.of("Connection", "close"));
    }

    /** No token at all (RFC 6750, 3: no error code then). */
    static Refusal tokenMissing() {
        return new Refusal(401, "An access token is required.", List.of(), challenge(""));
    }

    static Refusal tokenInvalid(String detail) {
        return new Refusal(401, detail, List.of(), challenge(", error=\"invalid_token\""));
    }

    static Map<String, String> challenge(String error) {
        return Map.of("WWW-Authenticate", "Bearer realm=\"parley\"" + error);
    }

    static Refusal noSuchPath() {
        return new Refusal(404, "There is nothing at this path.", List.of(), Map.of());
    }

    static Refusal noSuchMethod(String allowed) {
        return new Refusal(405, "This path takes " + allowed + ".", List.of(), Map.of("Allow", allowed));
    }

    static Refusal tooSlow() {
        return new Refusal(408, "The request did not arrive in time.", List.of(), Map.of("Connection", "close"));
    }

    /** The same request has come before and is not answered yet. */
    static Refusal underWay() {
        return new Refusal(
                409,
                "The same request is still being worked on. Send it again later.",
                List.of(new Fault(IdempotencyKey.HEADER, "The same request is still being worked on.")),
                Map.of("Retry-After", Problems.RETRY_AFTER_SECONDS));
    }

    static Refusal tooLarge(int limit) {
        return new Refusal(413, "The body must not be larger than " + limit + " bytes.", List.of(), Map.of());
    }

    static Refusal endless(int limit) {
        return new Refusal(
                413, "The body must not be larger than " + limit + " bytes.", List.of(), Map.of("Connection", "close"));
    }

    static Refusal tooMany(int streams) {
        return new Refusal(
                429,
                "There are " + streams + " streams of yours already. End one of them.",
                List.of(),
                Map.of("Retry-After", Problems.RETRY_AFTER_SECONDS));
    }

    static Refusal packed() {
        return new Refusal(415, "The body must not be compressed.", List.of(), Map.of("Accept-Encoding", "identity"));
    }

    static Refusal unsupportedMediaType(Collection<String> supported) {
        return new Refusal(
                415, "The body must be " + String.join(" or ", supported) + " in UTF-8.", List.of(), Map.of());
    }
}
