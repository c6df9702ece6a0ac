package io.parley.users.signin;

import com.nulabinc.zxcvbn.StandardDictionaries;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The passwords that are tried first (zxcvbn's list of the most common 30 000), which nobody may choose. */
public final class CommonPasswords {
    private final Set<String> words = Set.copyOf(load());

    /** Fails invalid, pointing at the field, where the password is one of them in any case. */
    public void refuse(String pointer, Secret password) {
        if (words.contains(password.value().toLowerCase(Locale.ROOT)))
            throw Problem.invalid(pointer, "is one of the most common passwords");
    }

    private static List<String> load() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
