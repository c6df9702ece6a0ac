package io.parley.contracts.audit;

/** What happens; the part before the full stop is the family. */
public enum SecurityEventType {
    ACCOUNT_REGISTERED("account.registered"),
    ACCOUNT_DELETED("account.deleted"),
    ACCOUNT_ACTIVATED("account.activated"),
    ACCOUNT_DEACTIVATED("account.deactivated"),
    ACCOUNT_ROLE_CHANGED("account.role_changed"),
    ACCOUNT_EMAIL_CHANGED("account.email_changed"),
    ACCOUNT_EMAIL_VERIFIED("account.email_verified"),
    SIGN_IN_SUCCEEDED("sign_in.succeeded"),
    SIGN_IN_FAILED("sign_in.failed"),
    SIGN_IN_LIMITED("sign_in.limited"),
    SESSION_ENDED("session.ended"),
    SESSION_REUSED("session.reused"),
    PASSWORD_CHANGED("password.changed"),
    PASSWORD_RESET_REQUESTED("password.reset_requested"),
    PASSWORD_RESET("password.reset"),
    MFA_ENABLED("mfa.enabled"),
    MFA_DISABLED("mfa.disabled"),
    MFA_CODES_CREATED("mfa.codes_created"),
    MFA_CODE_USED("mfa.code_used"),
    PASSKEY_ADDED("passkey.added"),
    PASSKEY_REMOVED("passkey.removed"),
    IDENTITY_LINKED("identity.linked"),
    IDENTITY_UNLINKED("identity.unlinked"),
    API_KEY_CREATED("api_key.created"),
    API_KEY_CHANGED("api_key.changed"),
    API_KEY_DELETED("api_key.deleted"),
    API_KEY_USED("api_key.used"),
    TOKEN_CREATED("token.created"),
    TOKEN_REVOKED("token.revoked"),
    TOKEN_USED("token.used"),
    WEBHOOK_CREATED("webhook.created"),
    WEBHOOK_CHANGED("webhook.changed"),
    WEBHOOK_DELETED("webhook.deleted"),
    WEBHOOK_DISABLED("webhook.disabled"),
    WEBHOOK_SECRET_ROTATED("webhook.secret_rotated"),
    EXPORT_STARTED("export.started"),
    IMPORT_FINISHED("import.finished"),
    KEYS_ROTATED("keys.rotated"),
    SERVER_STARTED("server.started");

    private final String text;

    SecurityEventType(String text) {
        this.text = text;
    }

    /** As it is stored. */
    public String text() {
        return text;
    }
}
