package io.parley.users.signin;

import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords may be chosen (NIST SP 800-63B-4, 3.1.1): any of a minimum length that no attacker tries first. Passwords that were
 * chosen under other rules stay valid.
 */
public final class PasswordRules {
    private static final String PRODUCT = "parley";
    private static final Pattern AROUND_WORDS = Pattern.compile("^[^\\p{L}\\p{M}]+|[^\\p{L}\\p{M}]+$");

    private final int minLength;
    private final BreachedPasswords breached;

    private PasswordRules(int minLength, BreachedPasswords breached) {
        this.minLength = minLength;
        this.breached = breached;
    }

    /** Blocks to load the list of breached passwords. */
    public static PasswordRules load(PasswordSettings settings) {
        return new PasswordRules(settings.minLength(), BreachedPasswords.load());
    }

    /** Fails invalid, pointing at the field, for the first reason that applies. */
    void check(String pointer, Secret password, String email, @Nullable String name) {
        refusal(PasswordHasher.normalized(password.value()), email, name).ifPresent(reason -> {
            throw Problem.invalid(pointer, reason);
        });
    }

    private Optional<String> refusal(String password, String email, @Nullable String name) {
        if (password.codePointCount(0, password.length()) < minLength)
            return Optional.of("must be at least " + minLength + " characters long");
        var folded = password.toLowerCase(Locale.ROOT);
        if (isRun(folded)) return Optional.of("must not be one character or a sequence, such as aaaaaaaa or abcdefgh");
        if (breached.contains(folded)) return Optional.of("is known from data breaches; choose another one");
        if (ownWords(email, name).anyMatch(isWordOf(folded)))
            return Optional.of(
                    "must not be \"parley\", your e-mail address, a part of it or your name, with nothing but"
                            + " digits and punctuation around it");
        return Optional.empty();
    }

    private static boolean isRun(String password) {
        var characters = password.codePoints().toArray();
        int step = step(characters[0], characters[1]);
        if (Math.abs(step) > 1) return password.isBlank();
        for (int i = 2; i < characters.length; i++)
            if (step(characters[i - 1], characters[i]) != step) return password.isBlank();
        return true;
    }

    // After 9 comes 0.
    private static int step(int from, int to) {
        if (from == '9' && to == '0') return 1;
        if (from == '0' && to == '9') return -1;
        return to - from;
    }

    private static Stream<String> ownWords(String email, @Nullable String name) {
        int at = email.lastIndexOf('@');
        var domain = email.substring(at + 1);
        return Stream.of(
                PRODUCT,
                email,
                email.substring(0, Math.max(0, at)),
                domain.split("\\.", 2)[0],
                name == null ? "" : name);
    }

    private static Predicate<String> isWordOf(String password) {
        var core = withoutEnds(password);
        return word -> {
            var folded = PasswordHasher.normalized(word).toLowerCase(Locale.ROOT);
            return password.equals(folded) || (!core.isEmpty() && core.equals(withoutEnds(folded)));
        };
    }

    private static String withoutEnds(String text) {
        return AROUND_WORDS.matcher(text).replaceAll("");
    }
}
