/** Read replicas: which of them may answer a user's read, and which are left out. */
@NullMarked
package io.parley.storage.replicas;

import org.jspecify.annotations.NullMarked;
