package io.parley.gateway.routes;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.Oidc;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.Users.SignInOptions;
import java.util.List;

/** The options for a sign-in page. */
record SignInOptionsAnswer(
        RegistrationMode registration,
        EmailVerification emailVerification,
        boolean passwordReset,
        boolean hasUsers,
        List<String> passkeyOrigins,
        Oidc.Providers oidc) {
    static SignInOptionsAnswer of(SignInOptions options) {
        return new SignInOptionsAnswer(
                options.registration(),
                options.emailVerification(),
                options.passwordReset(),
                options.hasUsers(),
                options.passkeyOrigins(),
                options.oidc());
    }
}
