package io.parley.contracts.users;

import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.LoggedIn;
import io.parley.kernel.Address;
import io.parley.kernel.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the users module answers about signing in with an account at another provider (OpenID Connect Core 1.0, the code flow with PKCE). A
 * browser goes to the provider, comes back to a callback, and gets a code, which a client exchanges for a session.
 */
public final class Oidc {
    /** How long somebody has to sign in at the provider. */
    public static final Duration FLOW_LIFETIME = Duration.ofMinutes(10);

    /** How long a code for a session is good, once. */
    public static final Duration SIGN_IN_CODE_LIFETIME = Duration.ofSeconds(60);

    /** How long a code to link an identity is good, once. */
    public static final Duration LINK_CODE_LIFETIME = Duration.ofMinutes(10);

    /** The providers that are set, in their order. */
    public static final Address<ListProviders, Providers> LIST = new Address<>("oidc.list");

    /** Fails not-found if there is no provider of this name. */
    public static final Address<Start, Started> START = new Address<>("oidc.start");

    /** Fails not-found if there is no provider of this name, and limited if an address has failed too often. */
    public static final Address<Finish, Finished> FINISH = new Address<>("oidc.finish");

    /**
     * Fails unauthenticated if the code is unknown, expired or used, and forbidden if the address has to be verified before. The
     * result holds a challenge if the account has a second factor and the provider is not trusted with it.
     */
    public static final Address<Exchange, LoggedIn> EXCHANGE = new Address<>("oidc.exchange");

    public record ListProviders() {}

    public record Providers(List<Provider> items) {}

    /**
     * @param name part of URLs
     * @param title for people
     */
    public record Provider(String name, String title) {}

    /**
     * @param callback the URL that the browser comes back to
     * @param returnTo the path of our own that it goes to at last
     * @param link whether the identity is to be linked to an account, instead of a sign-in
     */
    public record Start(String name, String callback, String returnTo, boolean link) {}

    /**
     * @param location of the provider; null if it cannot be reached
     * @param browser what the browser has to bring to the callback, in a cookie
     */
    public record Started(@Nullable String location, Secret browser) {}

    /**
     * @param callback as at the start
     * @param browser what the cookie holds; null if there is none
     */
    public record Finish(
            String name, String callback, @Nullable Secret browser, ProviderAnswer answer, Client client) {}

    /** The parameters of the callback (RFC 6749, 4.1.2; RFC 9207), each null if it is missing. */
    public record ProviderAnswer(
            @Nullable Secret code,
            @Nullable String state,
            @Nullable String issuer,
            @Nullable String error) {}

    /**
     * @param returnTo a path of our own
     * @param code null if there is an error, and only then
     */
    public record Finished(
            String returnTo, Outcome outcome, @Nullable Secret code) {}

    public enum Outcome {
        /** The code is exchanged for a session. */
        SIGN_IN,
        /** The code links the identity to the account of the signed-in user. */
        LINK,
        /** The user or the provider has refused. */
        ACCESS_DENIED,
        /** The provider cannot be reached, or its answer is not accepted. */
        PROVIDER_ERROR,
        /** There is no account yet, and the provider has given no e-mail address that one could have. */
        EMAIL_MISSING,
        /** There is no account yet, and none may be registered without an invitation. */
        REGISTRATION_CLOSED
    }

    public record Exchange(Secret code, Client client) {}

    private Oidc() {}
}
