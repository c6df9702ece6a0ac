/** Invitations to register. */
@NullMarked
package io.parley.users.invitations;

import org.jspecify.annotations.NullMarked;
