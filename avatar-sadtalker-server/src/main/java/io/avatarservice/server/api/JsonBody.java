package io.avatarservice.server.api;

import java.io.IOException;
import java.io.InputStream;

/** The JSON document that a request has as its body, in UTF-8. It can be read more than once. */
interface JsonBody {

    InputStream open() throws IOException;
}
