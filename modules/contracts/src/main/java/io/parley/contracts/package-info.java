/** What the modules answer: a package each, records and addresses only. */
@NullMarked
package io.parley.contracts;

import org.jspecify.annotations.NullMarked;
