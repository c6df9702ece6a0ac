/** The server under test: its process, its files and what it uses of the machine. */
@NullMarked
package io.parley.bench.subject;

import org.jspecify.annotations.NullMarked;
