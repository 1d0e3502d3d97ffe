/** Which addresses the server connects to where a client names them. */
@NullMarked
package io.avatarservice.server.fetch;

import org.jspecify.annotations.NullMarked;
