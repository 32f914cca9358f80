"""The guided tour: the main job done offscreen in the real window, with pictures and a verdict."""
