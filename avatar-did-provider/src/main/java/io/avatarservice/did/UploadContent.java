package io.avatarservice.did;

import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;

/**
 * A checked medium, ready to be sent.
 *
 * @param contentType by its content
 * @param fileName of our choice: D-ID looks at the extension, and the caller's name may tell more than it should
 * @param pieces the content; read anew by each subscription
 */
record UploadContent(String contentType, String fileName, Flux<DataBuffer> pieces) {

    static UploadContent of(MediaRole role, MediaFormat format, Flux<DataBuffer> pieces) {
        return new UploadContent(format.contentType(), role.field() + "." + format.extension(), pieces);
    }
}
