package io.parley.users.oidc;

/** Why nobody is signed in with a provider. Its text names the check, for security events and the log; it holds nothing of the answer. */
final class ProviderFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean isRefusal;

    private ProviderFailure(String reason, boolean isRefusal) {
        super(reason, null, false, false);
        this.isRefusal = isRefusal;
    }

    /** The provider cannot be reached, or does not answer as it must, which is nobody's attempt to get in. */
    static ProviderFailure unusable(String reason) {
        return new ProviderFailure(reason, false);
    }

    /** What has come back with the browser is not accepted. */
    static ProviderFailure refused(String reason) {
        return new ProviderFailure(reason, true);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    boolean isRefusal() {
        return isRefusal;
    }
}
