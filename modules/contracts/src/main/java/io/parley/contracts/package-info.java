/** The modules' public interface: one package per module, with the addresses it answers and their records. */
@NullMarked
package io.parley.contracts;

import org.jspecify.annotations.NullMarked;
