package io.avatarservice.server.storage;

/**
 * The place of the videos in a cloud store.
 *
 * @param bucket the bucket
 * @param prefix what their names begin with: empty, or ends with a slash
 * @param publicRead whether everybody may read them
 */
record VideoFolder(String bucket, String prefix, boolean publicRead) {

    ObjectName object(VideoKey key) {
        return new ObjectName(bucket, prefix + key.value());
    }
}
