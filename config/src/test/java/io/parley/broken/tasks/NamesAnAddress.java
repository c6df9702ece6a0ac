package io.parley.broken.tasks;

import io.parley.kernel.Address;
import io.parley.kernel.None;

/** Only contracts do. */
final class NamesAnAddress {
    static final Address<None, None> ADDRESS = new Address<>("tasks.of-my-own");

    private NamesAnAddress() {}
}
