package io.parley.storage.keys;

import io.parley.kernel.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the keyset comes from.
 *
 * @param keyset the keyset itself in Tink's JSON form, for nodes that share no file; null uses the file
 * @param file created on the first start, with its folder, unless the keyset is given
 */
public record KeysetSettings(@Nullable Secret keyset, Path file) {}
