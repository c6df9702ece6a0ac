package io.parley.gateway.routes;

import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.Users.SignInOptions;
import java.util.List;

/** What a sign-in page needs to know. This server sends no mail and knows neither passkeys nor other providers of identities. */
record SignInOptionsAnswer(
        RegistrationMode registration,
        String emailVerification,
        boolean passwordReset,
        boolean hasUsers,
        List<String> passkeyOrigins,
        List<String> oidc) {
    static SignInOptionsAnswer of(SignInOptions options) {
        return new SignInOptionsAnswer(options.registration(), "off", false, options.hasUsers(), List.of(), List.of());
    }
}
