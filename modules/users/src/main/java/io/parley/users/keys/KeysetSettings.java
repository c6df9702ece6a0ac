package io.parley.users.keys;

import io.parley.kernel.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the keyset is that provider keys are encrypted with.
 *
 * @param keyset the keyset itself, in Tink's JSON form, for nodes that share no file; null keeps it in the file
 * @param file made on the first start where no keyset is given, with its folder
 */
public record KeysetSettings(@Nullable Secret keyset, Path file) {}
