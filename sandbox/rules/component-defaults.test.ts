import { describe, expect, it } from '@jest/globals';
import { ComponentType } from 'discord-api-types/v10';
import { componentDefaults } from './component-defaults';

describe('componentDefaults', () => {
  it('lets a menu take one value, and adds nothing to a button', () => {
    expect(componentDefaults(ComponentType.UserSelect)).toEqual({ min_values: 1, max_values: 1 });
    expect(componentDefaults(ComponentType.Button)).toEqual({});
  });
});
