#!/usr/bin/env node
import '../dist/gangway.js'
