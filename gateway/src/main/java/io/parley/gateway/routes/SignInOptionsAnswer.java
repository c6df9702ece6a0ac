package io.parley.gateway.routes;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.Users.SignInOptions;
import java.util.List;

/** The options for a sign-in page. This server supports no identity providers. */
record SignInOptionsAnswer(
        RegistrationMode registration,
        EmailVerification emailVerification,
        boolean passwordReset,
        boolean hasUsers,
        List<String> passkeyOrigins,
        List<String> oidc) {
    static SignInOptionsAnswer of(SignInOptions options) {
        return new SignInOptionsAnswer(
                options.registration(),
                options.emailVerification(),
                options.passwordReset(),
                options.hasUsers(),
                options.passkeyOrigins(),
                List.of());
    }
}
