package io.parley.gateway.oauth;

/** An error of OAuth (RFC 6749, 4.1.2.1 and 5.2). */
public final class OAuthError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private OAuthError(String code, String description) {
        super(description, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }

    public String description() {
        return String.valueOf(getMessage());
    }

    static OAuthError invalidRequest(String description) {
        return new OAuthError("invalid_request", description);
    }

    static OAuthError invalidGrant(String description) {
        return new OAuthError("invalid_grant", description);
    }

    static OAuthError invalidTarget() {
        return new OAuthError("invalid_target", "resource is not this server.");
    }

    static OAuthError unsupportedGrantType() {
        return new OAuthError("unsupported_grant_type", "grant_type must be authorization_code or refresh_token.");
    }

    static OAuthError unsupportedResponseType() {
        return new OAuthError("unsupported_response_type", "response_type must be code.");
    }

    static OAuthError accessDenied(String description) {
        return new OAuthError("access_denied", description);
    }

    public static OAuthError unknownClient() {
        return new OAuthError(
                "invalid_client",
                "client_id is unknown: it must be set by the operator, or be the https URL of a client's document.");
    }

    public static OAuthError noDocument() {
        return new OAuthError("invalid_client", "The document at client_id cannot be read.");
    }

    public static OAuthError badDocument(String fault) {
        return new OAuthError("invalid_client", "The document at client_id is not valid: " + fault + ".");
    }

    public static OAuthError temporarilyUnavailable() {
        return new OAuthError("temporarily_unavailable", "Too many requests at the moment. Try again.");
    }
}
