package io.parley.users.signin;

import com.nulabinc.zxcvbn.StandardDictionaries;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The 30 000 most common passwords (zxcvbn's list), which attackers try first and nobody may choose. */
final class CommonPasswords {
    private final Set<String> words = Set.copyOf(load());

    /** Fails invalid, pointing at the field, if the password is one of them; case is ignored. */
    void refuse(String pointer, Secret password) {
        if (words.contains(password.value().toLowerCase(Locale.ROOT)))
            throw Problem.invalid(pointer, "is one of the most common passwords; choose another one");
    }

    private static List<String> load() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
