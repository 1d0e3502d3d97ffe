/** Whether the providers would take a render now, for the health endpoints of Spring Boot 3.5 and of Spring Boot 4. */
@NullMarked
package io.avatarservice.client.health;

import org.jspecify.annotations.NullMarked;
